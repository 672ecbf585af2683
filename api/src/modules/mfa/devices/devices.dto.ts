import type { Device, SignInMethod } from '@threadline/contracts';

export class DeviceDto implements Device {
  id: string;
  /** For people: `Firefox on Linux`. */
  name: string;
  ip: string | null;
  /** How they signed in. */
  method: SignInMethod;
  createdAt: string;
  lastUsedAt: string;
  expiresAt: string;
  current: boolean;
}

export class DeviceListDto {
  items: DeviceDto[];
  /** Always null: a person's devices come as one page. */
  nextCursor: string | null;
}
