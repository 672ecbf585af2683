export { OutgoingModule } from './outgoing.module';
