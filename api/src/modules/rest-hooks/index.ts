export { RestHooksModule } from './rest-hooks.module';
