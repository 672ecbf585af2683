/* Finding things by what a person types. */
export { SearchApi } from './search.api';
