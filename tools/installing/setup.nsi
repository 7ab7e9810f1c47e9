; The installer of esa_desktop for Windows: for one person, without an administrator, in Thai.
;
; Made by `python -m tools.installing --only setup`, which gives VERSION, TREE (the frozen program),
; LISTS (the list of its files), OUT, SIZE_KB, NEED_MB, ICON, SIDE and, where a certificate is
; there, SIGN. For IT: /S is silent, /D=FOLDER (last) names the folder; what
; happened is in %LOCALAPPDATA%\esa_desktop\setup.log, the exit codes are in refusals.nsh.

Target amd64-unicode
Unicode true
SetCompressor /SOLID lzma
SetCompressorDictSize 32
RequestExecutionLevel user
ManifestDPIAware true
ManifestSupportedOS Win10
AllowSkipFiles off
CRCCheck on
ShowInstDetails nevershow
ShowUninstDetails nevershow

!define PRODUCT "esa_desktop"
!define EXE "esa-desktop.exe"
!define CLI "esa-desktop-cli.exe"
!define LIST "installed-files.txt"
!define REMOVING "removing.txt"
!define DOCUMENT_ICON "_internal\resources\icons\document.ico"
!define ENTRY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${PRODUCT}"
!define BACKUP_PATIENCE 300000

!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh
!include WinVer.nsh
!include WordFunc.nsh
!include x64.nsh
!include words.nsh

Name "${TITLE}"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\${PRODUCT}"
InstallDirRegKey HKCU "Software\${PRODUCT}" "InstallDir"
VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=1054 "ProductName" "${TITLE}"
VIAddVersionKey /LANG=1054 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=1054 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=1054 "FileDescription" "ติดตั้ง ${TITLE}"
VIAddVersionKey /LANG=1054 "CompanyName" "${PUBLISHER}"
VIAddVersionKey /LANG=1054 "LegalCopyright" "MIT"
!ifdef SIGN
  !uninstfinalize '${SIGN} "%1"' = 0
  !finalize '${SIGN} "%1"' = 0
!endif

Var OldVersion ; empty where none is installed
Var OldDir
Var Mode ; fresh, upgrade, repair
Var Purpose
Var Finished
Var FinishedText
Var SettingsCopy

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${SIDE}"
!define MUI_UNWELCOMEFINISHPAGE_BITMAP "${SIDE}"
!define MUI_CUSTOMFUNCTION_GUIINIT OnGui

!define MUI_PAGE_CUSTOMFUNCTION_SHOW NameButton
!insertmacro MUI_PAGE_WELCOME
!define MUI_PAGE_CUSTOMFUNCTION_PRE OnlyFresh
!define MUI_DIRECTORYPAGE_TEXT_TOP "${TXT_DIRECTORY}"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_RUN "$INSTDIR\${EXE}"
!insertmacro MUI_PAGE_FINISH
!define MUI_UNCONFIRMPAGE_TEXT_TOP "${TXT_UNINSTALL}"
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_UNPAGE_FINISH
!insertmacro MUI_LANGUAGEEX "${HERE}" "Thai"

!include listed.nsh
!include refusals.nsh
!include associations.nsh

Function QuotedFolder
  ; NSIS takes /D= only without quotes, and is silent about one that it does not understand
  StrLen $0 $CMDLINE
  StrCpy $1 0
  ${While} $1 < $0
    StrCpy $2 $CMDLINE 4 $1
    ${If} $2 == '"/D='
      IntOp $1 $1 + 4
      StrCpy $INSTDIR $CMDLINE "" $1
      StrCpy $2 $INSTDIR 1 -1
      ${If} $2 == '"'
        StrCpy $INSTDIR $INSTDIR -1
      ${EndIf}
      Return
    ${EndIf}
    IntOp $1 $1 + 1
  ${EndWhile}
FunctionEnd

Function .onInit
  Call RefuseMachine
  Call QuotedFolder
  ReadRegStr $OldDir HKCU "Software\${PRODUCT}" "InstallDir"
  ${If} $OldDir == ""
    StrCpy $OldDir $INSTDIR
  ${EndIf}
  ${If} ${FileExists} "$OldDir\${EXE}"
  ${OrIf} ${FileExists} "$OldDir\_old\${LIST}" ; a power cut in the middle of an upgrade
    ReadRegStr $OldVersion HKCU "${ENTRY}" "DisplayVersion"
    ${If} $OldVersion == ""
      StrCpy $OldVersion ${VERSION}
    ${EndIf}
  ${EndIf}
  StrCpy $Mode "fresh"
  StrCpy $Purpose "${TXT_FRESH}"
  StrCpy $Finished "${TXT_DONE_FRESH}"
  ${If} $OldVersion != ""
    ${VersionCompare} $OldVersion ${VERSION} $0
    ${If} $0 = 1
      !insertmacro REFUSE 5 "${TXT_NEWER}"
    ${ElseIf} $0 = 0
      StrCpy $Mode "repair"
      StrCpy $Purpose "${TXT_REPAIR}"
      StrCpy $Finished "${TXT_DONE_REPAIR}"
    ${Else}
      StrCpy $Mode "upgrade"
      StrCpy $Purpose "${TXT_UPGRADE}"
      StrCpy $Finished "${TXT_DONE_UPGRADE}"
    ${EndIf}
  ${EndIf}
FunctionEnd

Function OnGui
  Call CheckRunning
FunctionEnd

Function CheckRunning
  Push $INSTDIR
  StrCpy $INSTDIR $OldDir
  Call RefuseRunning
  Pop $INSTDIR
FunctionEnd

Function OnlyFresh
  ${If} $Mode != "fresh"
    Abort
  ${EndIf}
FunctionEnd

Function NameButton
  ; without the page of the folder the next step installs
  ${If} $Mode != "fresh"
    GetDlgItem $0 $HWNDPARENT 1
    SendMessage $0 ${WM_SETTEXT} 0 "STR:ติดตั้ง"
  ${EndIf}
FunctionEnd

Function BackUpProjects
  ; The program that is there knows how to copy what it has written; nobody else opens its files
  ${IfNot} ${FileExists} "$OldDir\${CLI}"
    Return
  ${EndIf}
  DetailPrint "${TXT_STEP_BACKUP}"
  nsExec::Exec /TIMEOUT=${BACKUP_PATIENCE} '"$OldDir\${CLI}" backup --recent -o "$PLUGINSDIR\projects.json"'
  Pop $0
  StrCpy $Said "backup --recent: $0"
  Call Note
  ${If} $0 != 0
    StrCpy $Said "${TXT_BACKUP_FAILED}"
    Call Note
    MessageBox MB_OKCANCEL|MB_ICONEXCLAMATION "${TXT_BACKUP_FAILED}" /SD IDOK IDOK go_on
      SetErrorLevel 1
      Quit
    go_on:
  ${Else}
    StrCpy $FinishedText "$FinishedText${TXT_BACKED_UP}"
  ${EndIf}
FunctionEnd

Function KeepSettings
  ; The user's small files as they were, for a return to the older version
  DetailPrint "${TXT_STEP_SETTINGS}"
  ReadEnvStr $1 ESA_HOME
  ${If} $1 == ""
    StrCpy $1 "$LOCALAPPDATA\${PRODUCT}"
  ${EndIf}
  StrCpy $2 1
  ${While} ${FileExists} "$1\backup\upgrade-$OldVersion-$2"
    IntOp $2 $2 + 1
  ${EndWhile}
  StrCpy $SettingsCopy "$1\backup\upgrade-$OldVersion-$2"
  CreateDirectory $SettingsCopy
  ${If} ${FileExists} "$PLUGINSDIR\projects.json"
    CopyFiles /SILENT "$PLUGINSDIR\projects.json" "$SettingsCopy\projects.json"
  ${EndIf}
  ClearErrors
  FindFirst $3 $4 "$1\*"
  ${DoWhile} $4 != ""
    ${GetFileExt} $4 $5
    ; the sample is a project: it was backed up as one
    ${If} $4 != "."
    ${AndIf} $4 != ".."
    ${AndIf} $4 != "backup"
    ${AndIf} $4 != "setup.log"
    ${AndIf} $5 != "esaproj"
      CopyFiles /SILENT "$1\$4" $SettingsCopy
    ${EndIf}
    ClearErrors
    FindNext $3 $4
  ${Loop}
  FindClose $3
  ClearErrors
  StrCpy $Said "settings copied: $SettingsCopy"
  Call Note
FunctionEnd

Section
  SetDetailsPrint textonly
  StrCpy $FinishedText "${TXT_OPENING}"
  Call CheckRunning
  Call RefusePortable
  ${If} ${FileExists} "$INSTDIR\_new"
  ${OrIf} ${FileExists} "$INSTDIR\_old"
    Call ClearLeftovers ; what a power cut left is mended first, also where there is no room
  ${EndIf}
  Call RefusePlace
  ${If} $Mode != "fresh"
    Call BackUpProjects
    Call KeepSettings
    Call CheckRunning
  ${EndIf}
  DetailPrint "${TXT_STEP_COPY}"
  SetDetailsPrint none
  SetOutPath "$INSTDIR\_new"
  File "${LISTS}/${LIST}"
  File /r "${TREE}/*"
  ClearErrors
  WriteUninstaller "$INSTDIR\_new\uninstall.exe"
  ${If} ${Errors}
    Call GiveUp
    !insertmacro REFUSE 6 "${TXT_FAILED}"
  ${EndIf}
  SetOutPath $INSTDIR
  SetDetailsPrint textonly
  DetailPrint "${TXT_STEP_SWAP}"
  SetDetailsPrint none
  Call Swap
  ${If} $Trouble != ""
    Call GiveUp
    !insertmacro REFUSE 4 "${TXT_IN_USE}"
  ${EndIf}
  Call Register
  Call Associate
  ${If} $OldDir != $INSTDIR
  ${AndIf} ${FileExists} "$OldDir\${LIST}"
    StrCpy $Base $OldDir
    StrCpy $R0 "$OldDir\${LIST}"
    Call RemoveListed
  ${EndIf}
  StrCpy $Said "$Mode $OldVersion -> ${VERSION}: $INSTDIR"
  Call Note
SectionEnd

Function Register
  ; A shortcut that somebody has thrown away does not come back with an upgrade
  SetOutPath $INSTDIR
  ${If} $Mode == "fresh"
  ${OrIf} ${FileExists} "$SMPROGRAMS\${SHORTCUT}.lnk"
    CreateShortCut "$SMPROGRAMS\${SHORTCUT}.lnk" "$INSTDIR\${EXE}"
  ${EndIf}
  ${If} $Mode == "fresh"
  ${OrIf} ${FileExists} "$DESKTOP\${SHORTCUT}.lnk"
    CreateShortCut "$DESKTOP\${SHORTCUT}.lnk" "$INSTDIR\${EXE}"
  ${EndIf}
  WriteRegStr HKCU "Software\${PRODUCT}" "InstallDir" $INSTDIR
  WriteRegStr HKCU "${ENTRY}" "DisplayName" "${TITLE}"
  WriteRegStr HKCU "${ENTRY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${ENTRY}" "Publisher" "${PUBLISHER}"
  WriteRegStr HKCU "${ENTRY}" "DisplayIcon" "$INSTDIR\${EXE}"
  WriteRegStr HKCU "${ENTRY}" "InstallLocation" $INSTDIR
  WriteRegStr HKCU "${ENTRY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${ENTRY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${ENTRY}" "EstimatedSize" ${SIZE_KB}
  WriteRegDWORD HKCU "${ENTRY}" "NoModify" 1
  WriteRegDWORD HKCU "${ENTRY}" "NoRepair" 1
FunctionEnd

Function GiveUp
  ; Nothing of this attempt is left; what was there before is there
  SetOutPath $INSTDIR
  Call ClearLeftovers
  SetOutPath $TEMP
  RMDir $INSTDIR
  ClearErrors
FunctionEnd

Function .onInstFailed
  ; Copying stopped, most likely on a full disk
  Call GiveUp
  !insertmacro REFUSE 6 "${TXT_FAILED}"
FunctionEnd

Function un.onInit
  Call un.RefuseRunning
FunctionEnd

Section Uninstall
  SetDetailsPrint textonly
  DetailPrint "${TXT_STEP_REMOVE}"
  SetDetailsPrint none
  StrCpy $Base $INSTDIR
  StrCpy $R0 "$INSTDIR\${LIST}"
  Call un.RemoveListed
  Delete "$SMPROGRAMS\${SHORTCUT}.lnk"
  Delete "$DESKTOP\${SHORTCUT}.lnk"
  Call un.Dissociate
  DeleteRegKey HKCU "${ENTRY}"
  DeleteRegKey HKCU "Software\${PRODUCT}"
  StrCpy $Said "uninstalled: $INSTDIR"
  Call un.Note
SectionEnd
