export { exampleEvent } from './catalogue/example.rules';
export { WebhookBenchModule } from './webhook-bench.module';
