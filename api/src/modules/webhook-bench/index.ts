export { WebhookBenchModule } from './webhook-bench.module';
