/* The one seam to the API, and what goes wrong with it. */
export { Api, address, type AccessTokens, type Query, type CallOptions } from './api';
export { showOnForm, type CodeControls } from './form-problems';
export { ApiProblem, asProblem, explain, type ApiProblemCode } from './problem';
