/** Which classes fields are read into: the package keeps it, and gives it no entry of its own. */
declare module 'class-transformer/cjs/storage.js' {
  export { defaultMetadataStorage } from 'class-transformer/types/storage';
}
