; What double-clicking opens: packages (.esax), the file in a project's folder (.esa), the folder.
; A kind that another program has taken keeps its program; ours is offered under "Open with".

!define CLASSES "Software\Classes"

!macro ASSOCIATE SUFFIX PROGID KIND
  WriteRegStr HKCU "${CLASSES}\${PROGID}" "" "${KIND}"
  WriteRegStr HKCU "${CLASSES}\${PROGID}\DefaultIcon" "" "$INSTDIR\${DOCUMENT_ICON}"
  WriteRegStr HKCU "${CLASSES}\${PROGID}\shell\open\command" "" '"$INSTDIR\${EXE}" "%1"'
  WriteRegStr HKCU "${CLASSES}\${SUFFIX}\OpenWithProgids" "${PROGID}" ""
  ReadRegStr $0 HKCU "${CLASSES}\${SUFFIX}" ""
  ${If} $0 == ""
    WriteRegStr HKCU "${CLASSES}\${SUFFIX}" "" "${PROGID}"
  ${EndIf}
!macroend

!macro DISSOCIATE SUFFIX PROGID
  DeleteRegKey HKCU "${CLASSES}\${PROGID}"
  DeleteRegValue HKCU "${CLASSES}\${SUFFIX}\OpenWithProgids" "${PROGID}"
  DeleteRegKey /ifempty HKCU "${CLASSES}\${SUFFIX}\OpenWithProgids"
  ReadRegStr $0 HKCU "${CLASSES}\${SUFFIX}" ""
  ${If} $0 == "${PROGID}"
    DeleteRegValue HKCU "${CLASSES}\${SUFFIX}" ""
  ${EndIf}
  DeleteRegKey /ifempty HKCU "${CLASSES}\${SUFFIX}"
!macroend

!macro TELL_SHELL
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
!macroend

Function Associate
  !insertmacro ASSOCIATE ".esax" "EsaDesktop.Package" "${TXT_KIND_PACKAGE}"
  !insertmacro ASSOCIATE ".esa" "EsaDesktop.Project" "${TXT_KIND_PROJECT}"
  WriteRegStr HKCU "${CLASSES}\Directory\shell\${PRODUCT}" "" "${TXT_VERB}"
  WriteRegStr HKCU "${CLASSES}\Directory\shell\${PRODUCT}" "Icon" "$INSTDIR\${EXE},0"
  WriteRegStr HKCU "${CLASSES}\Directory\shell\${PRODUCT}" "AppliesTo" 'System.FileName:"*.esaproj"'
  WriteRegStr HKCU "${CLASSES}\Directory\shell\${PRODUCT}\command" "" '"$INSTDIR\${EXE}" "%1"'
  !insertmacro TELL_SHELL
FunctionEnd

Function un.Dissociate
  !insertmacro DISSOCIATE ".esax" "EsaDesktop.Package"
  !insertmacro DISSOCIATE ".esa" "EsaDesktop.Project"
  DeleteRegKey HKCU "${CLASSES}\Directory\shell\${PRODUCT}"
  !insertmacro TELL_SHELL
FunctionEnd
