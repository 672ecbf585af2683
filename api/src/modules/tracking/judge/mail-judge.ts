import { Injectable } from '@nestjs/common';
import { ref } from '@threadline/contracts';
import { rewriteLinks } from '../../../platform/html';
import type { Tx } from '../../../platform/work';
import { MessageMarks } from '../../conversations';
import { grouped } from '../verdict/grouped';
import { factsOf, traceOf } from '../verdict/hit-facts';
import { markChange, type Settled, settleMail } from '../verdict/mail-verdicts.rules';
import { NetworkIndex } from '../verdict/networks.rules';
import { MailTraces, REACH, type Trace } from '../verdict/source-traces.rules';
import { judge } from '../verdict/verdict.rules';
import {
  allHits,
  judgedAmong,
  leftOpen,
  lockMails,
  type MailRow,
  openQuestions,
  type StoredHit,
  tracesBetween,
  writeVerdicts,
} from './verdict-rows';

/** Verdicts that one event carries at most. */
const HITS_PER_EVENT = 200;

/** Judges the hits of one workspace's mails, inside a unit of work. */
@Injectable()
export class MailJudge {
  private readonly networks = new NetworkIndex();

  constructor(private readonly marks: MessageMarks) {}

  /** Judges new hits, and what they change about earlier ones. Hits that have a verdict already are left alone. */
  async judge(tx: Tx, hits: readonly StoredHit[]): Promise<void> {
    const mails = await lockMails(tx, [...new Set(hits.map((hit) => hit.messageId))].sort());
    const judged = await judgedAmong(
      tx,
      hits.map((hit) => hit.id),
    );
    const fresh = unique(hits).filter((hit) => !judged.has(hit.id) && mails.has(hit.messageId));
    if (fresh.length === 0) return;
    const freshOf = grouped(fresh, (hit) => hit.messageId);
    const ids = [...freshOf.keys()];
    const times = fresh.map((hit) => hit.at);
    const earlier = await tracesBetween(tx, ids, Math.min(...times) - REACH, Math.max(...times) + REACH);
    const tracesOf = grouped(earlier, (trace) => trace.messageId);
    const questionsOf = grouped(await openQuestions(tx, ids), (hit) => hit.messageId);

    const settled: Settled<StoredHit>[] = [];
    for (const [id, own] of freshOf) {
      const mail = mails.get(id);
      if (!mail) continue;
      const traces = tracesIn(mail, [...own.map(traceOf), ...(tracesOf.get(id) ?? [])]);
      settled.push(
        ...(traces.incriminating
          ? await this.reconsider(tx, mail, own)
          : this.settle(mail, [...own, ...(questionsOf.get(id) ?? [])], traces, false)),
      );
    }
    await this.record(tx, mails, settled);
  }

  /** Judges the hits of these messages anew, where one was left open: what they are judged by has changed. */
  async judgeAgain(tx: Tx, messageIds: readonly string[]): Promise<void> {
    const open = await leftOpen(tx, messageIds);
    if (open.length === 0) return;
    const mails = await lockMails(tx, open);
    const settled: Settled<StoredHit>[] = [];
    for (const mail of mails.values()) settled.push(...(await this.reconsider(tx, mail, [])));
    await this.record(tx, mails, settled);
  }

  private async reconsider(tx: Tx, mail: MailRow, fresh: readonly StoredHit[]): Promise<Settled<StoredHit>[]> {
    const all = [...fresh, ...(await allHits(tx, mail.id))];
    return this.settle(mail, all, tracesIn(mail, all.map(traceOf)), true);
  }

  /** `anew`: hits that have a verdict are judged again too. */
  private settle(mail: MailRow, hits: StoredHit[], traces: MailTraces, anew: boolean): Settled<StoredHit>[] {
    const judgeOwn = (hit: StoredHit) =>
      hit.prior && !anew ? hit.prior : judge(factsOf(hit, mail.sentAt, traces, this.networks));
    return settleMail(hits, judgeOwn, mail.repliedAt).map((one) => ({
      ...one,
      changed: one.changed || (anew && one.hit.sinceHandedMs === null && mail.sentAt !== null),
    }));
  }

  private async record(tx: Tx, mails: Map<string, MailRow>, settled: Settled<StoredHit>[]): Promise<void> {
    await writeVerdicts(tx, settled, (id) => mails.get(id)?.sentAt ?? null);
    for (const [id, ofMail] of grouped(settled, ({ hit }) => hit.messageId)) {
      const mail = mails.get(id);
      if (!mail) continue;
      this.announce(tx, mail, ofMail);
      await this.mark(tx, mail, ofMail);
    }
  }

  private announce(tx: Tx, mail: MailRow, settled: Settled<StoredHit>[]): void {
    const news = settled.filter(({ hit, verdict, rule }) => hit.prior?.verdict !== verdict || hit.prior.rule !== rule);
    for (let from = 0; from < news.length; from += HITS_PER_EVENT) {
      tx.append({
        type: 'engagement.judged',
        subject: { type: 'message', id: mail.id },
        about: [ref('message', mail.id), ref('lead', mail.leadId)],
        data: {
          messageId: mail.id,
          leadId: mail.leadId,
          hits: news.slice(from, from + HITS_PER_EVENT).map(({ hit, verdict, rule }) => ({
            id: hit.id,
            kind: hit.kind,
            verdict,
            rule,
            at: new Date(hit.at).toISOString(),
            previous: hit.prior?.verdict ?? null,
          })),
        },
      });
    }
  }

  private async mark(tx: Tx, mail: MailRow, settled: Settled<StoredHit>[]): Promise<void> {
    const opened = markChange(settled, 'open', mail.openedAt);
    if (opened.withdraw) await this.marks.withdraw(tx, { messageId: mail.id, kind: 'open', ...opened.withdraw });
    if (opened.mark) {
      const { hitId, at } = opened.mark;
      await this.marks.markOpened(tx, { messageId: mail.id, hitId, at: new Date(at) });
    }
    const clicked = markChange(settled, 'click', mail.clickedAt);
    if (clicked.withdraw) await this.marks.withdraw(tx, { messageId: mail.id, kind: 'click', ...clicked.withdraw });
    if (clicked.mark) {
      const { hitId, at, link } = clicked.mark;
      await this.marks.markClicked(tx, { messageId: mail.id, hitId, at: new Date(at), link: link ?? '' });
    }
  }
}

function tracesIn(mail: MailRow, traces: readonly Trace[]): MailTraces {
  const followed = new Set(traces.filter(({ kind }) => kind === 'click').map(({ linkIndex }) => linkIndex));
  // How many links there are matters only to "every link", and so only when two of them were followed.
  return new MailTraces(traces, followed.size === 2 ? countLinks(mail.content) : null);
}

function countLinks(content: string): number {
  let links = 0;
  rewriteLinks(content, () => {
    links += 1;
    return null;
  });
  return links;
}

function unique(hits: readonly StoredHit[]): StoredHit[] {
  return [...new Map(hits.map((hit) => [hit.id, hit])).values()];
}
