export { currentRequest, inRequest, type RequestScope } from './request-scope';
