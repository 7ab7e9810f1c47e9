; Walks through a list of our own files. Nothing that is not on such a list is ever moved or removed.
;
; A list is UTF-16LE, a name a line, relative to the program's folder. A name that ends in "\" is a
; folder; folders stand twice: before their files (to be made) and after them, deepest first (to be
; removed, when they are empty).

Var Base ; where the files named in the list lie
Var Aside ; where they come to lie
Var Line ; the name at hand
Var Trouble ; "1" once something could not be done

!macro WALK UN
Function ${UN}EachListed
  ; $R0: the list, $R1: address of what is done with each $Line; an error flag it leaves is $Trouble
  StrCpy $Trouble ""
  ClearErrors
  FileOpen $R2 $R0 r
  IfErrors 0 next
    StrCpy $Trouble 1
    Return
  next:
    ClearErrors
    FileReadUTF16LE $R2 $Line
    IfErrors done
    trim:
      StrCpy $R3 $Line 1 -1
      StrCmp $R3 "$\n" cut
      StrCmp $R3 "$\r" cut
      Goto trimmed
      cut:
        StrCpy $Line $Line -1
        Goto trim
    trimmed:
    StrCmp $Line "" next
    ClearErrors
    Call $R1
    IfErrors 0 next
    StrCpy $Trouble 1
    Goto next
  done:
  ClearErrors
  FileClose $R2
FunctionEnd

Function ${UN}RemoveOne
  StrCpy $R3 $Line 1 -1
  StrCmp $R3 "\" 0 +3
    RMDir "$Base\$Line"
    Goto +2
    Delete "$Base\$Line"
  ClearErrors ; a folder with foreign files stays, and so does what is missing already
FunctionEnd

Function ${UN}RemoveListed
  ; Of the folder $Base what the list $R0 names, then the list, and the folder if it is empty now
  GetFunctionAddress $R1 ${UN}RemoveOne
  Call ${UN}EachListed
  Delete $R0
  RMDir $Base
  ClearErrors
FunctionEnd
!macroend

!insertmacro WALK ""
!insertmacro WALK "un."

Function MoveOne
  ; $Base -> $Aside; no error where there is nothing to move
  StrCpy $R3 $Line 1 -1
  ${If} $R3 == "\"
    CreateDirectory "$Aside\$Line"
    Return
  ${EndIf}
  ${IfNot} ${FileExists} "$Base\$Line"
    Return
  ${EndIf}
  ${If} ${FileExists} "$Aside\$Line"
    ; somebody else's file of that name: it stays, beside
    Rename "$Aside\$Line" "$Aside\$Line.before-${VERSION}"
  ${EndIf}
  ClearErrors
  Rename "$Base\$Line" "$Aside\$Line"
FunctionEnd

Function MoveBackOne
  ; What was moved from $Aside to $Base goes back, as far as it was moved
  StrCpy $R3 $Line 1 -1
  ${If} $R3 == "\"
    Return
  ${EndIf}
  ${If} ${FileExists} "$Base\$Line"
  ${AndIfNot} ${FileExists} "$Aside\$Line"
    ClearErrors
    Rename "$Base\$Line" "$Aside\$Line"
  ${EndIf}
FunctionEnd

Function RollBack
  ; The state before the swap: the new files go back to _new, then the old ones come back from _old.
  ; It also mends what a power cut left in the middle of a swap. Without a list in _old no swap has
  ; begun: then what is missing in _new was never copied, and what is in the folder is the old one's.
  ${IfNot} ${FileExists} "$INSTDIR\_old\${LIST}"
    Return
  ${EndIf}
  StrCpy $R0 "$INSTDIR\_new\${LIST}"
  StrCpy $Base $INSTDIR
  StrCpy $Aside "$INSTDIR\_new"
  GetFunctionAddress $R1 MoveBackOne
  Call EachListed
  StrCpy $R0 "$INSTDIR\_old\${LIST}"
  StrCpy $Base "$INSTDIR\_old"
  StrCpy $Aside $INSTDIR
  GetFunctionAddress $R1 MoveBackOne
  Call EachListed
  Rename "$INSTDIR\_old\${LIST}" "$INSTDIR\${LIST}"
  StrCpy $R0 "$INSTDIR\${LIST}"
  Call ClearFoldersOfOld
FunctionEnd

Function ClearFoldersOfOld
  ; $R0: the list. Empty folders of ours in _old, and _old
  StrCpy $Base "$INSTDIR\_old"
  GetFunctionAddress $R1 RemoveFolderOne
  Call EachListed
  RMDir "$INSTDIR\_old"
  ClearErrors
FunctionEnd

Function RemoveFolderOne
  StrCpy $R3 $Line 1 -1
  StrCmp $R3 "\" 0 +2
    RMDir "$Base\$Line"
  ClearErrors
FunctionEnd

Function ClearLeftovers
  ; Of an earlier attempt: _new, and what of _old could not be removed because it was in use
  SetOutPath $INSTDIR
  Call RollBack
  ${If} ${FileExists} "$INSTDIR\_new\${LIST}"
    StrCpy $Base "$INSTDIR\_new"
    StrCpy $R0 "$INSTDIR\_new\${LIST}"
    Call RemoveListed
  ${EndIf}
  ${If} ${FileExists} "$INSTDIR\_old\${REMOVING}"
    Call RemoveOld
  ${EndIf}
FunctionEnd

Function RemoveOld
  ; What the older version was: its files, and the folders only it had. A library that looks into such
  ; a folder would take an empty one for its own.
  StrCpy $R0 "$INSTDIR\_old\${REMOVING}"
  StrCpy $Base $INSTDIR
  GetFunctionAddress $R1 RemoveFolderOne
  Call EachListed
  StrCpy $Base "$INSTDIR\_old"
  Call RemoveListed
FunctionEnd

Function Swap
  ; The old files out, the new ones in; sets $Trouble and leaves the old program where that fails
  StrCpy $Aside "$INSTDIR\_old"
  ${If} ${FileExists} "$INSTDIR\${LIST}"
    CreateDirectory "$INSTDIR\_old"
    Delete "$INSTDIR\_old\${LIST}"
    ClearErrors
    Rename "$INSTDIR\${LIST}" "$INSTDIR\_old\${LIST}"
    ${If} ${Errors}
      StrCpy $Trouble 1
      Return
    ${EndIf}
    StrCpy $R0 "$INSTDIR\_old\${LIST}"
  ${Else}
    ; a program without its list: the names of ours are the best guess
    CreateDirectory "$INSTDIR\_old"
    CopyFiles /SILENT "$INSTDIR\_new\${LIST}" "$INSTDIR\_old\${LIST}"
    StrCpy $R0 "$INSTDIR\_old\${LIST}"
  ${EndIf}
  StrCpy $Base $INSTDIR
  GetFunctionAddress $R1 MoveOne
  Call EachListed
  ${If} $Trouble == ""
    StrCpy $R0 "$INSTDIR\_new\${LIST}"
    StrCpy $Base "$INSTDIR\_new"
    StrCpy $Aside $INSTDIR
    GetFunctionAddress $R1 MoveOne
    Call EachListed
  ${EndIf}
  ${If} $Trouble != ""
    Call RollBack
    StrCpy $Trouble 1
    Return
  ${EndIf}
  Rename "$INSTDIR\_old\${LIST}" "$INSTDIR\_old\${REMOVING}"
  CopyFiles /SILENT "$INSTDIR\_new\${LIST}" "$INSTDIR\${LIST}"
  StrCpy $R0 "$INSTDIR\_new\${LIST}"
  StrCpy $Base "$INSTDIR\_new"
  Call RemoveListed
  Call RemoveOld
  StrCpy $Trouble ""
FunctionEnd
