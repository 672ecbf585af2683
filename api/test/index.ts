export { type Route, type RouteInputs, routesOf } from './route-table';
export { type Answer, cookieOf, Person } from './person';
export { type CustomRole, PASSWORD, TestApp, type TestAppOptions } from './test-app';
export { TestClock } from './test-clock';
export { TestPasskey } from './passkey';
export { mailsTo, subjectsPostedTo, tokenMailedTo, textsPostedTo, tokensPostedTo } from './mails';
