export default async function tearDown() {
  await globalThis.threadlinePostgres?.stop();
}
