import type { Routes } from '@angular/router';
import { toStart } from './core/screens';
import { asksFirst, enrolling, permitted, signedIn, signedOut } from './core/session';

/** Every state has an address. Each feature brings its own routes, loaded when first opened. */
export const routes: Routes = [
  {
    path: 'sign-in',
    title: 'Sign in',
    canActivate: [signedOut],
    loadComponent: () => import('./features/gate/sign-in.page').then((file) => file.SignInPage),
  },
  {
    path: 'register',
    title: 'Create a workspace',
    canActivate: [signedOut],
    loadComponent: () => import('./features/gate/register.page').then((file) => file.RegisterPage),
  },
  {
    path: 'forgot-password',
    title: 'Forgot your password?',
    loadComponent: () => import('./features/gate/forgot-password.page').then((file) => file.ForgotPasswordPage),
  },
  {
    path: 'reset-password',
    title: 'Set a new password',
    loadComponent: () => import('./features/gate/reset-password.page').then((file) => file.ResetPasswordPage),
  },
  {
    path: 'invitation',
    title: 'Your invitation',
    loadComponent: () => import('./features/gate/invitation.page').then((file) => file.InvitationPage),
  },
  {
    path: 'confirm-email',
    title: 'Confirm your address',
    loadComponent: () => import('./features/gate/confirm-email.page').then((file) => file.ConfirmEmailPage),
  },
  {
    path: 'confirm-address',
    title: 'Confirm your address',
    loadComponent: () => import('./features/gate/confirm-address.page').then((file) => file.ConfirmAddressPage),
  },
  {
    path: 'second-factor',
    title: 'Add a second factor',
    canActivate: [enrolling],
    canDeactivate: [asksFirst],
    loadComponent: () => import('./features/gate/second-factor.page').then((file) => file.SecondFactorPage),
  },
  {
    path: '',
    canActivate: [signedIn],
    loadComponent: () => import('./features/shell/shell.page').then((file) => file.ShellPage),
    children: [
      { path: '', pathMatch: 'full', redirectTo: toStart },
      {
        path: 'dashboard',
        title: 'Dashboard',
        canMatch: [permitted('analytics:read')],
        loadChildren: () => import('./features/dashboard/dashboard.routes'),
      },
      {
        path: 'inbox',
        title: 'Inbox',
        canMatch: [permitted('conversations:read')],
        loadChildren: () => import('./features/inbox/inbox.routes'),
      },
      {
        path: 'leads',
        title: 'Leads',
        canMatch: [permitted('leads:read')],
        loadChildren: () => import('./features/leads/leads.routes'),
      },
      {
        path: 'mailbox',
        title: 'Mailbox',
        canMatch: [permitted('mailbox:use', (me) => me.installation.mailbox)],
        loadChildren: () => import('./features/mailbox/mailbox.routes'),
      },
      {
        path: 'audit',
        title: 'Audit log',
        canMatch: [permitted('audit:read')],
        loadChildren: () => import('./features/audit/audit.routes'),
      },
      {
        path: 'developers',
        title: 'Developers',
        canMatch: [permitted('webhooks:read')],
        loadChildren: () => import('./features/developers/developers.routes'),
      },
      {
        path: 'settings',
        title: 'Settings',
        loadChildren: () => import('./features/settings/settings.routes'),
      },
      {
        path: '**',
        title: 'Not found',
        loadComponent: () => import('./features/not-found/not-found.page').then((file) => file.NotFoundPage),
      },
    ],
  },
];
