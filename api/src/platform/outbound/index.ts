export { type HandOver } from './hand-over.rules';
export { LoopbackClient, type LoopbackAnswer, type LoopbackRequest } from './loopback.client';
export { isMailAddress, type MailAddress, UnsendableMail } from './mail-address';
export { MAIL_DEADLINE, MailTransport, type OutgoingMail, PARALLEL_MAILS, type RawMail } from './mail.transport';
export { NameResolver } from './name-resolver';
export { OutboundFailure, OutboundHttp, type OutboundAnswer, type OutboundRequest } from './outbound.http';
export { OutboundModule } from './outbound.module';
export { OwnReceivers, RECEIVER_PATH } from './own-receivers';
