/** The two people of the demo workspace. */
export const CAST = [
  { name: 'Mara Lindqvist', email: 'mara@demo.example', role: 'owner' },
  { name: 'Tomas Okafor', email: 'tomas@demo.example', role: 'agent' },
] as const;

const FIRST =
  `Amina Bastian Chiara Dmitri Elif Farah Goran Hana Ibrahim Jonas Katya Lucía Mateo Nadia Oskar Priya Quentin Rosa
  Samir Tilda Umberto Vera Wanda Xenia Yusuf Zofia Anton Bettina Cyril Dalia`.split(/\s+/);
const LAST =
  `Almeida Bergström Castellano Dvořák Eriksen Fontaine Grünwald Haddad Ivanova Jankowski Kimura Lefèvre Moretti
  Nakamura Ortega Petrov Quist Rahman Silva Tanaka Ueda Vargas Weiss Yılmaz Zhang Abebe Boateng Conti Duarte Engel`.split(
    /\s+/,
  );
const COMPANIES =
  `Northwind Bakery|Alder & Finch|Bluepeak Cycles|Cobalt Freight|Dune Architects|Everline Clinics|Fable Press|
  Granite Foods|Harbour Textiles|Inkwell Studios|Juniper Travel|Kestrel Robotics|Lumen Energy|Marigold Hotels|Nimbus Labs|
  Orchard Legal|Pebble Games|Quarry Stone|Riverside Schools|Saffron Catering`
    .split('|')
    .map((name) => name.trim());
const TITLES = ['Head of Operations', 'Founder', 'Office Manager', 'Purchasing Lead', 'CTO', 'Marketing Director'];
const TAGS = ['referral', 'trade fair', 'website', 'newsletter', 'partner'];

/** A made-up person of a made-up firm; the same number is always the same person. */
export function demoLead(number: number) {
  const first = at(FIRST, number * 7);
  const last = at(LAST, number * 11 + Math.floor(number / LAST.length));
  const company = at(COMPANIES, number * 3 + Math.floor(number / 5));
  const domain = company.toLowerCase().replace(/[^a-z]+/g, '');
  const mailbox = plain(`${first}.${last}`);
  return {
    name: `${first} ${last}`,
    email: `${mailbox}.${number}@${domain}.example`,
    company,
    title: at(TITLES, number * 5),
    phone: number % 3 === 0 ? `+49 30 ${5_550_000 + number * 37}` : null,
    tags: number % 2 === 0 ? [at(TAGS, number)] : [],
  };
}

const WORDS =
  `amber anchor apricot arrow autumn badger balcony barley basil beacon birch biscuit bottle breeze bridge butter
  candle canyon carpet castle cedar cellar chestnut cinnamon clover cobalt comet copper coral cotton cradle cricket crystal
  dahlia dolphin dragon drizzle eagle ember emerald engine falcon feather fennel fiddle flannel flint forest fountain fossil
  garden garnet ginger glacier granite gravel hammer harbor harvest hazel heron honey horizon island ivory jasmine jigsaw
  juniper kernel kettle kitten ladder lantern lavender lemon lilac linen lobster lotus magnet mango maple marble meadow
  melon meteor mirror mitten monsoon mustard needle nutmeg oatmeal ocean olive onyx orbit orchid otter oyster paddle
  pebble pepper pigeon pillow planet plum pocket poppy prairie pumpkin puzzle quartz quilt rabbit radish raven ribbon
  river rocket rosemary saddle saffron salmon sandal sapphire sesame shadow silver sparrow spinach spruce summit sunset
  tangerine teapot temple thistle thunder timber tulip tunnel turnip umber valley vanilla velvet violet walnut willow
  window winter yarrow zephyr`.split(/\s+/);

/** The words passphrases are made of. */
export const PASSPHRASE_WORDS: readonly string[] = WORDS;

export function at<T>(list: readonly T[], index: number): T {
  const item = list[index % list.length];
  if (item === undefined) throw new Error('An empty list has no item');
  return item;
}

function plain(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/ı/g, 'i')
    .toLowerCase()
    .replace(/[^a-z.]+/g, '');
}
