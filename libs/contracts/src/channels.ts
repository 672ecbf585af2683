/** Channels a message can travel by. */
export const CHANNELS = ['email'] as const;
export type Channel = (typeof CHANNELS)[number];

/** What the composer must know of a channel. */
export interface ChannelRules {
  /** Most characters of the readable text. */
  maxCharacters: number;
  hasSubject: boolean;
  richText: boolean;
}

export const CHANNEL_RULES: Record<Channel, ChannelRules> = {
  email: { maxCharacters: 100_000, hasSubject: true, richText: true },
};

/** The longest subject accepted, in characters. */
export const MAX_SUBJECT = 500;
