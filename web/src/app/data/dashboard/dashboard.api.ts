import { Injectable, inject } from '@angular/core';
import { dashboardFull, dashboardNumbers, dashboardRows, dashboardStats } from '@threadline/api-client';
import type {
  DashboardAnalytics,
  DashboardStats,
  NumberDefinitions,
  NumberName,
  NumberRows,
} from '@threadline/contracts';
import { Api } from '../../core/api';

/** Days, both included, `YYYY-MM-DD`; null for all time. */
export interface Period {
  from: string | null;
  to: string | null;
}

@Injectable({ providedIn: 'root' })
export class DashboardApi {
  private readonly api = inject(Api);

  stats(): Promise<DashboardStats> {
    return this.api.run(dashboardStats<true>, {});
  }

  definitions(): Promise<NumberDefinitions> {
    return this.api.run(dashboardNumbers<true>, {});
  }

  analytics(period: Period): Promise<DashboardAnalytics> {
    return this.api.run(dashboardFull<true>, { query: days(period) });
  }

  rows(number: NumberName, period: Period, page: { limit: number; cursor?: string }): Promise<NumberRows> {
    return this.api.run(dashboardRows<true>, { path: { number }, query: { ...days(period), ...page } });
  }
}

/** As the API takes them: what is open is left out. */
function days({ from, to }: Period): { from?: string; to?: string } {
  return { from: from ?? undefined, to: to ?? undefined };
}
