export { BenchNews } from './bench-news';
