import { Injectable, inject } from '@angular/core';
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
    return this.api.get<DashboardStats>('/api/dashboard/stats');
  }

  definitions(): Promise<NumberDefinitions> {
    return this.api.get<NumberDefinitions>('/api/dashboard/numbers');
  }

  analytics(period: Period): Promise<DashboardAnalytics> {
    return this.api.get<DashboardAnalytics>('/api/dashboard/analytics/full', { ...period });
  }

  rows(number: NumberName, period: Period, page: { limit: number; cursor?: string }): Promise<NumberRows> {
    return this.api.get<NumberRows>(`/api/dashboard/rows/${number}`, { ...period, ...page });
  }
}
