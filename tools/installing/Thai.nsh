; What the wizard says on its pages, in plain office Thai (NSIS brings a clumsy translation).
; Lines are broken by hand: not every system breaks Thai between words.

!insertmacro LANGFILE "Thai" = "ไทย" "Thai"

!ifdef MUI_WELCOMEPAGE
  ${LangFileString} MUI_TEXT_WELCOME_INFO_TITLE "ประเมินมาตรฐาน$\r$\nสำนักงานเขตพื้นที่การศึกษา"
  ${LangFileString} MUI_TEXT_WELCOME_INFO_TEXT "$Purpose"
!endif

!ifdef MUI_DIRECTORYPAGE
  ${LangFileString} MUI_TEXT_DIRECTORY_TITLE "ติดตั้งไว้ที่นี่"
  ${LangFileString} MUI_TEXT_DIRECTORY_SUBTITLE "โฟลเดอร์ที่เลือกไว้ให้ใช้ได้เลย ไม่ต้องแก้"
!endif

!ifdef MUI_INSTFILESPAGE
  ${LangFileString} MUI_TEXT_INSTALLING_TITLE "กำลังติดตั้ง"
  ${LangFileString} MUI_TEXT_INSTALLING_SUBTITLE "ใช้เวลาไม่ถึงหนึ่งนาที กรุณารอสักครู่"
  ${LangFileString} MUI_TEXT_FINISH_TITLE "ติดตั้งเสร็จแล้ว"
  ${LangFileString} MUI_TEXT_FINISH_SUBTITLE "โปรแกรมพร้อมใช้งาน"
  ${LangFileString} MUI_TEXT_ABORT_TITLE "ติดตั้งไม่สำเร็จ"
  ${LangFileString} MUI_TEXT_ABORT_SUBTITLE "งานประเมินและการตั้งค่าไม่ถูกแตะต้อง"
!endif

!ifdef MUI_UNINSTFILESPAGE
  ${LangFileString} MUI_UNTEXT_UNINSTALLING_TITLE "กำลังถอนโปรแกรม"
  ${LangFileString} MUI_UNTEXT_UNINSTALLING_SUBTITLE "งานประเมินของคุณไม่ถูกลบ กรุณารอสักครู่"
  ${LangFileString} MUI_UNTEXT_FINISH_TITLE "ถอนโปรแกรมเสร็จแล้ว"
  ${LangFileString} MUI_UNTEXT_FINISH_SUBTITLE "งานประเมินและการตั้งค่ายังอยู่ครบ"
  ${LangFileString} MUI_UNTEXT_ABORT_TITLE "ถอนโปรแกรมไม่สำเร็จ"
  ${LangFileString} MUI_UNTEXT_ABORT_SUBTITLE "กรุณาปิดโปรแกรมที่เปิดอยู่ แล้วลองอีกครั้ง"
!endif

!ifdef MUI_FINISHPAGE
  ${LangFileString} MUI_TEXT_FINISH_INFO_TITLE "$Finished"
  ${LangFileString} MUI_TEXT_FINISH_INFO_TEXT "$FinishedText"
  ${LangFileString} MUI_TEXT_FINISH_INFO_REBOOT "กรุณาเปิดเครื่องใหม่เพื่อให้การติดตั้งเสร็จสมบูรณ์"
!endif

!ifdef MUI_UNFINISHPAGE
  ${LangFileString} MUI_UNTEXT_FINISH_INFO_TITLE "ถอนโปรแกรมแล้ว"
  ${LangFileString} MUI_UNTEXT_FINISH_INFO_TEXT "${TXT_UNINSTALLED}"
  ${LangFileString} MUI_UNTEXT_FINISH_INFO_REBOOT "กรุณาเปิดเครื่องใหม่เพื่อให้การถอนเสร็จสมบูรณ์"
!endif

!ifdef MUI_FINISHPAGE | MUI_UNFINISHPAGE
  ${LangFileString} MUI_TEXT_FINISH_REBOOTNOW "เปิดเครื่องใหม่เดี๋ยวนี้"
  ${LangFileString} MUI_TEXT_FINISH_REBOOTLATER "จะเปิดเครื่องใหม่ภายหลัง"
  ${LangFileString} MUI_TEXT_FINISH_RUN "เปิดโปรแกรมเลย"
  ${LangFileString} MUI_TEXT_FINISH_SHOWREADME "อ่านก่อนใช้"
  ${LangFileString} MUI_BUTTONTEXT_FINISH "เสร็จสิ้น"
!endif

!ifdef MUI_UNCONFIRMPAGE
  ${LangFileString} MUI_UNTEXT_CONFIRM_TITLE "ถอนโปรแกรมออกจากเครื่องนี้"
  ${LangFileString} MUI_UNTEXT_CONFIRM_SUBTITLE "ลบเฉพาะตัวโปรแกรม งานประเมินและการตั้งค่ายังอยู่ครบ"
!endif

!ifdef MUI_ABORTWARNING
  ${LangFileString} MUI_TEXT_ABORTWARNING "เลิกติดตั้งหรือไม่"
!endif
