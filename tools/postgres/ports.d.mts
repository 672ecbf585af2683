/** A TCP port that was free on the loopback interface a moment ago. */
export function freePort(): Promise<number>;
/** Whether nobody listens there. */
export function portIsFree(port: number, host?: string): Promise<boolean>;
