/* Second factors: the code to scan, the codes to keep. */
export { QrComponent } from './qr.component';
export { RecoveryCodesComponent } from './recovery-codes.component';
export { TotpSetupComponent } from './totp-setup.component';
