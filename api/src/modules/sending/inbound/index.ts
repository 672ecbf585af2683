export { type Correspondent, headerOf, type ReadMail } from './inbound-mail.rules';
export { type IncomingMail, InboundMails } from './inbound-mail.service';
export { InboundModule } from './inbound.module';
export { MailReader, MAX_MAIL, UnreadableMail } from './mail-reader';
export { ReplyAddresses } from './reply-addresses';
