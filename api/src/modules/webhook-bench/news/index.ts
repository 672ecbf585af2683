export { BenchNews } from './bench-news';
export { DeliveryWatch } from './delivery-watch';
