import type { Routes } from '@angular/router';
import { permitted } from '../../core/session';
import { DevelopersPage } from './developers.page';

export default [
  {
    path: '',
    component: DevelopersPage,
    children: [
      { path: '', pathMatch: 'full', redirectTo: 'webhooks' },
      {
        path: 'webhooks',
        title: 'Webhooks',
        loadComponent: () => import('./webhooks/webhooks.page').then((file) => file.WebhooksPage),
      },
      {
        path: 'webhooks/:id',
        title: 'Webhook',
        loadComponent: () => import('./webhook/webhook.page').then((file) => file.WebhookPage),
        children: [
          {
            path: '',
            pathMatch: 'full',
            loadComponent: () => import('./webhook/deliveries.page').then((file) => file.DeliveriesPage),
          },
          {
            path: 'charts',
            loadComponent: () => import('./webhook/charts.page').then((file) => file.ChartsPage),
          },
          {
            path: 'settings',
            loadComponent: () => import('./webhook/webhook-settings.page').then((file) => file.WebhookSettingsPage),
          },
        ],
      },
      {
        path: 'event-types',
        title: 'Event types',
        loadComponent: () => import('./event-types/event-types.page').then((file) => file.EventTypesPage),
      },
      {
        path: 'receivers',
        title: 'Receivers',
        canMatch: [permitted('webhooks:write')],
        loadComponent: () => import('./receivers/receivers.page').then((file) => file.ReceiversPage),
      },
      {
        path: 'signature',
        title: 'Signature check',
        loadComponent: () => import('./signature/signature.page').then((file) => file.SignaturePage),
      },
      {
        path: 'api',
        title: 'API',
        loadComponent: () => import('./api/api.page').then((file) => file.ApiPage),
      },
    ],
  },
] satisfies Routes;
