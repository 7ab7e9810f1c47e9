; Why nothing is installed: one sentence on the screen and in setup.log, and an exit code for scripts.
;
;   0 done   1 given up by the person   3 Windows too old or 32-bit   4 the program is running
;   5 a newer version is there   6 no space, or copying failed   7 the folder cannot be used
;   8 another installer is open   2 anything else

!define LOG "$LOCALAPPDATA\${PRODUCT}\setup.log"

Var Said
Var Code

!macro REFUSING UN
Function ${UN}Note
  ; Appends $Said to the log: with /S it is the only place where it can be read
  CreateDirectory "$LOCALAPPDATA\${PRODUCT}"
  ${GetTime} "" "L" $R3 $R4 $R5 $R6 $R7 $R8 $R9
  ClearErrors
  FileOpen $R2 "${LOG}" a
  ${IfNot} ${Errors}
    FileSeek $R2 0 END $R1
    ${If} $R1 = 0
      FileWriteUTF16LE /BOM $R2 ""
    ${EndIf}
    FileWriteUTF16LE $R2 "$R5-$R4-$R3 $R7:$R8:$R9 ${VERSION} $Said$\r$\n"
    FileClose $R2
  ${EndIf}
  ClearErrors
FunctionEnd

Function ${UN}RefuseRunning
  ; A file that runs, in whatever session, cannot be opened for writing
  again:
  StrCpy $R0 ""
  ${For} $R1 1 2
    StrCpy $R2 "${EXE}"
    ${If} $R1 = 2
      StrCpy $R2 "${CLI}"
    ${EndIf}
    ${If} ${FileExists} "$INSTDIR\$R2"
      ClearErrors
      FileOpen $R3 "$INSTDIR\$R2" a
      ${If} ${Errors}
        StrCpy $R0 1
      ${Else}
        FileClose $R3
      ${EndIf}
    ${EndIf}
  ${Next}
  ClearErrors
  StrCmp $R0 "" free
    StrCpy $Said "${TXT_RUNNING}"
    Call ${UN}Note
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "${TXT_RUNNING}" /SD IDCANCEL IDRETRY again
    SetErrorLevel 4
    Quit
  free:
FunctionEnd
!macroend

!insertmacro REFUSING ""
!insertmacro REFUSING "un."

Function Refuse
  Call Note
  MessageBox MB_OK|MB_ICONSTOP $Said /SD IDOK
  SetErrorLevel $Code
  Quit
FunctionEnd

!macro REFUSE CODE TEXT
  StrCpy $Code ${CODE}
  StrCpy $Said "${TEXT}"
  Call Refuse
!macroend

Function RefuseMachine
  ${IfNot} ${RunningX64}
    !insertmacro REFUSE 3 "${TXT_32_BIT}"
  ${EndIf}
  ${IfNot} ${AtLeastWin10}
    !insertmacro REFUSE 3 "${TXT_OLD_WINDOWS}"
  ${EndIf}
  ${IfNot} ${AtLeastBuild} 17763
    !insertmacro REFUSE 3 "${TXT_OLD_WINDOWS}"
  ${EndIf}
  System::Call 'kernel32::CreateMutex(p 0, i 0, t "${PRODUCT}-setup") p .r1 ?e'
  Pop $0
  ${If} $0 = 183 ; ERROR_ALREADY_EXISTS
    !insertmacro REFUSE 8 "${TXT_TWICE}"
  ${EndIf}
FunctionEnd

Function RefusePortable
  ${If} ${FileExists} "$INSTDIR\portable.txt"
    !insertmacro REFUSE 7 "${TXT_PORTABLE}"
  ${EndIf}
FunctionEnd

Function RefusePlace
  ; Asked before anything is changed
  ClearErrors
  CreateDirectory "$INSTDIR\_new"
  FileOpen $0 "$INSTDIR\_new\try.tmp" w
  ${If} ${Errors}
    RMDir "$INSTDIR\_new"
    RMDir "$INSTDIR"
    !insertmacro REFUSE 7 "${TXT_NO_PLACE}"
  ${EndIf}
  FileClose $0
  Delete "$INSTDIR\_new\try.tmp"
  System::Call 'kernel32::GetDiskFreeSpaceEx(t "$INSTDIR\_new", *l .r1, p 0, p 0) i .r0'
  ${If} $0 <> 0
    System::Int64Op $1 / 1048576
    Pop $1
    ${If} $1 < ${NEED_MB}
      RMDir "$INSTDIR\_new"
      RMDir "$INSTDIR"
      !insertmacro REFUSE 6 "${TXT_NO_SPACE}"
    ${EndIf}
  ${EndIf}
FunctionEnd
