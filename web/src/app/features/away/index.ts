export { AwayComponent } from './away.component';
