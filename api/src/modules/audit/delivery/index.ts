export { CheckpointDeliveryModule } from './delivery.module';
