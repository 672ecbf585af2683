export { ErrandsProcessor } from './errands.processor';
export { QueuesModule } from './queues.module';
