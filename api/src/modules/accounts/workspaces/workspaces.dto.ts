import type { OwnWorkspace } from '@threadline/contracts';
import { Length } from 'class-validator';
import { DisplayName, Id } from '../../../platform/http';

export class OwnWorkspaceDto implements OwnWorkspace {
  id: string;
  name: string;
  /** What the caller is there: the built-in role's word, or the custom role's name. */
  role: string;
  /** True for the workspace of made-up leads. */
  demo: boolean;
  /** True for the one this request came to. */
  current: boolean;
}

export class OwnWorkspaceListDto {
  items: OwnWorkspaceDto[];
  /** Always null: they come as one page. */
  nextCursor: string | null;
}

export class NewWorkspaceDto {
  @DisplayName()
  @Length(1, 200)
  name: string;
}

export class OwnWorkspaceParams {
  @Id()
  id: string;
}
