# Compiled into electron-builder's installer (nsis.include); tests/package compiles it alone.

# electron-builder takes "Program Files" for x64 only and "Program Files (x86)" for ARM64: a till is at one place.
!macro customInit
  !ifdef APP_ARM64
    !insertmacro GetDParameter $R0
    ${if} $perMachineInstallationFolder == ""
    ${andIf} $R0 == ""
      StrCpy $INSTDIR "$PROGRAMFILES64\${APP_FILENAME}"
    ${endIf}
  !endif
!macroend

!macro customInstall
  # The way back: the installer an administrator ran lies in *that* account's folders, where no till looks. Beside
  # the program nobody but administrators can change it.
  RMDir /r "$INSTDIR\installer"
  CreateDirectory "$INSTDIR\installer"
  CopyFiles /SILENT "$EXEPATH" "$INSTDIR\installer\Slipsure-${VERSION}-setup.exe"

  # One set of books for all accounts of this PC. Whoever sits at it may sell, so they may write; other PCs and
  # services may not even read. The owner first: who made the folder before us could give it away again.
  SetShellVarContext all
  CreateDirectory "$APPDATA\Slipsure"
  nsExec::Exec '"$SYSDIR\icacls.exe" "$APPDATA\Slipsure" /setowner *S-1-5-32-544 /Q'
  Pop $R1
  # SYSTEM, administrators, and INTERACTIVE: who is signed in at this PC or by remote desktop.
  nsExec::Exec '"$SYSDIR\icacls.exe" "$APPDATA\Slipsure" /inheritance:r /grant:r *S-1-5-18:(OI)(CI)F *S-1-5-32-544:(OI)(CI)F *S-1-5-4:(OI)(CI)M /Q'
  Pop $R1
  ${if} $R1 != 0
    DetailPrint "The folder for the books could not be shared ($R1)."
  ${endIf}
!macroend
