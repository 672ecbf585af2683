export {
  type Correspondent,
  headerOf,
  InboundMails,
  MailReader,
  MAX_MAIL,
  type ReadMail,
  ReplyAddresses,
  UnreadableMail,
} from './inbound';
export { SendingModule } from './sending.module';
