export { DemoModule } from './demo.module';
export { DemoWorkspace, type SignInCard } from './demo.workspace';
