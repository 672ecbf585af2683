import { canonicalJson } from './canonical';

/** What is signed when a data subject's request was answered. It names nobody. */
export interface ReceiptBody {
  requestId: string;
  workspaceId: string;
  kind: 'erase' | 'export';
  /** Keyed hash of whom it was about, hex: the installation knows it again, nobody can read it. */
  subject: string;
  requestedAt: string;
  /** Id of the member who asked. */
  requestedBy: string;
  endedAt: string;
  /** Rows that were erased or handed over, by the table they stood in. */
  counts: Readonly<Record<string, number>>;
  /** SHA-256 of the file that was handed over, hex; null for an erasure. */
  fileHash: string | null;
  /** Where the audit log stood then: entries, their root, hash of the last, hex. */
  audit: { size: number; root: string; head: string };
}

export interface Receipt extends ReceiptBody {
  /** Ed25519 over the canonical JSON of the body and its kind of document (RFC 8032), base64. */
  signature: string;
  /** Raw 32 bytes, base64. */
  publicKey: string;
}

/** The bytes that a receipt's signature is over. */
export function receiptBytes(receipt: ReceiptBody): Uint8Array {
  const { requestId, workspaceId, kind, subject, requestedAt, requestedBy, endedAt, counts, fileHash } = receipt;
  const { size, root, head } = receipt.audit;
  return new TextEncoder().encode(
    canonicalJson({
      document: 'privacy-receipt',
      ...{ requestId, workspaceId, kind, subject, requestedAt, requestedBy, endedAt, counts, fileHash },
      audit: { size, root, head },
    }),
  );
}
