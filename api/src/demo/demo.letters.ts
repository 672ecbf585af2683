/** What is written to a lead first; `{first}` is their first name, `{company}` their firm. */
export const LETTERS = [
  {
    subject: 'A calmer inbox for {company}',
    content:
      '<p>Hi {first},</p><p>we spoke briefly about how your team keeps track of who answered whom. I have put together <a href="https://example.com/tour">a four-minute tour</a> of how others solved it.</p><p>Would Thursday suit you for a call?</p>',
  },
  {
    subject: 'Your question about shared drafts',
    content:
      '<p>Hello {first},</p><p>yes: a draft is visible to the whole team while it is being written, and nothing is sent twice. The details are in <a href="https://example.com/guide/drafts">this guide</a>, and <a href="https://example.com/pricing">here is the price list</a> you asked for.</p>',
  },
  {
    subject: 'Nice to meet you at the fair',
    content:
      '<p>Hi {first},</p><p>thank you for stopping by on Tuesday. You wanted to see how three people answer one mailbox without stepping on each other: <a href="https://example.com/tour/three-people">here it is</a>, in pictures.</p>',
  },
  {
    subject: 'An offer for {company}',
    content:
      '<p>Hello {first},</p><p>thank you for your time today. As promised: <a href="https://example.com/offer">our offer</a>. It holds until the end of the month, and the first four weeks are free.</p>',
  },
  {
    subject: 'Who opens, who clicks, and what you can believe',
    content:
      '<p>Hi {first},</p><p>half of all opens are machines. We tell them apart, and we say why: <a href="https://example.com/guide/opens">two pages on how</a>. I thought of {company} when I wrote them.</p>',
  },
  {
    subject: 'Moving your mailbox: the checklist',
    content:
      '<p>Hello {first},</p><p>most teams move in an afternoon. <a href="https://example.com/guide/moving">This checklist</a> says what to prepare, and what can wait.</p>',
  },
  {
    subject: '{first}, a place on Friday’s course',
    content:
      '<p>Hi {first},</p><p>we show new teams the ropes on Friday, forty minutes, online. I have kept a place for {company}: <a href="https://example.com/onboarding">all about the course</a>.</p>',
  },
] as const;

/** What goes to those who have not answered. */
export const REMINDERS = [
  '<p>Hi {first},</p><p>I have not heard from you since last week. Shall I keep <a href="https://example.com/onboarding">the place on our course</a> for {company}?</p>',
  '<p>Hello {first},</p><p>in case my last mail went under: <a href="https://example.com/tour">the tour</a> takes four minutes, and I gladly answer what it leaves open.</p>',
  '<p>Hi {first},</p><p>a firm much like {company} has just told <a href="https://example.com/stories/bakery">how their first month went</a>. Worth a look before you decide.</p>',
  '<p>Hello {first},</p><p>is somebody else at {company} the right person for this? A name is enough, and <a href="https://example.com/one-page">this page</a> tells them all they need.</p>',
  '<p>Hi {first},</p><p>our offer holds for another week: <a href="https://example.com/offer">you will find it here</a>. If the time is wrong, just say so, and I will write again in spring.</p>',
] as const;

export interface Answer {
  /** What the lead says. */
  says: string;
  /** What goes back; null for those who want no more. */
  back: string | null;
}

/** What leads answer, and what goes back. */
export const ANSWERS: readonly Answer[] = [
  {
    says: 'Hi, that looks promising. Thursday at ten works for me. Could you bring a colleague who knows the technical side?',
    back: '<p>Thursday at ten it is; a colleague will join and can answer the technical part. Talk to you then!</p>',
  },
  {
    says: 'Great tour. One question: can we run it on our own server? That would be a condition for us.',
    back: '<p>Yes, on your own server, with one command. <a href="https://example.com/self-hosting">This page</a> says what it needs.</p>',
  },
  {
    says: 'Thanks for the quick reply! I have passed the price list on to our management and will come back to you next week.',
    back: '<p>Thank you, {first}. Should they want to compare: <a href="https://example.com/offer/yearly">this is the yearly price</a>.</p>',
  },
  {
    says: 'We decided to wait until next quarter, sorry. Please take us off the list for now.',
    back: null,
  },
  {
    says: 'Yes, please keep the place for us. Two people will come.',
    back: '<p>Two places are kept. <a href="https://example.com/onboarding/before">Here is</a> what to bring: nothing but your questions.</p>',
  },
  {
    says: 'Could you send the offer again with the yearly price? The link asks me to sign in.',
    back: '<p>Of course. You will find the yearly price on <a href="https://example.com/offer/yearly">this page</a>, no sign-in needed.</p>',
  },
  {
    says: 'How many of us can work in it at the same time? We are eleven, two of them in the field on their phones.',
    back: '<p>As many as you like; eleven is a common size. <a href="https://example.com/guide/phone">On the phone</a> it does all that it does at the desk.</p>',
  },
  {
    says: 'I showed it to our two colleagues in support. They liked the shared drafts most. What would the next step be?',
    back: '<p>That is good to hear! The next step is a trial with your own mailbox: <a href="https://example.com/trial">it takes ten minutes</a>, and I stay on the phone if you like.</p>',
  },
  {
    says: 'Thank you, but we have just signed with somebody else. Good luck!',
    back: null,
  },
  {
    says: 'Where is our mail kept, and who can read it? Our data protection officer wants it in writing.',
    back: '<p>On your own machine, and nobody but you. <a href="https://example.com/privacy">This is what your officer will want to read</a>; I am glad to sign it too.</p>',
  },
  {
    says: 'Got it, thanks. Could we do the call at half past two instead? The morning is full.',
    back: '<p>Half past two is fine. The link stays the same; see you then.</p>',
  },
];
