/* What is known about a lead and what happened to it. */
export { actorName, eventLine, type EventLine } from './event-words';
export { InPlaceComponent } from './in-place.component';
export { LeadFactsComponent, type LeadFacts } from './lead-facts.component';
export { phoneProblem } from './phone.rules';
export { TimelineComponent } from './timeline.component';
