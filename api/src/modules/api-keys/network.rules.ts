import ipaddr from 'ipaddr.js';

type Network = [ipaddr.IPv4 | ipaddr.IPv6, number];

/** A network as it is kept, `192.0.2.0/24`; one address is the network of it alone. Null when it is neither. */
export function networkOf(text: string): string | null {
  const network = parse(text.trim());
  return network && `${network[0].toString()}/${network[1]}`;
}

/** Whether an address lies in one of the networks. IPv4 addresses in their IPv6 form are taken for what they are. */
export function isWithin(ip: string, networks: readonly string[]): boolean {
  if (!ipaddr.isValid(ip)) return false;
  const address = ipaddr.process(ip);
  return networks.some((each) => {
    const network = parse(each);
    return network !== null && network[0].kind() === address.kind() && address.match(network);
  });
}

function parse(text: string): Network | null {
  const [address = '', ...rest] = text.split('/');
  if (!ipaddr.IPv4.isValidFourPartDecimal(address) && !ipaddr.IPv6.isValid(address)) return null;
  if (rest.length === 0) {
    const alone = ipaddr.process(address);
    return [alone, alone.kind() === 'ipv4' ? 32 : 128];
  }
  return ipaddr.isValidCIDR(text) ? ipaddr.parseCIDR(text) : null;
}
