import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { MembersService, type Principal, WorkspacesService } from '#accounts';
import { type IdempotencyClaim } from '#kernel';
import { May } from '../access/index.js';
import { CurrentPrincipal } from '../auth/current-principal.decorator.js';
import { ApiPage, Claim, IdPipe, type Page, pageById, PageQuery } from '../http/index.js';
import {
  ColleagueDto,
  CreateWorkspaceDto,
  ListWorkspacesQuery,
  UpdateWorkspaceDto,
  WorkspaceDto,
} from './workspaces.dto.js';

/** The clients or brands of an organization. */
@ApiTags('Workspaces')
@Controller('v1/workspaces')
export class WorkspacesController {
  constructor(
    private readonly workspaces: WorkspacesService,
    private readonly members: MembersService,
  ) {}

  @Get()
  @May('workspace.read')
  @ApiPage(WorkspaceDto)
  listWorkspaces(
    @CurrentPrincipal() principal: Principal,
    @Query() query: ListWorkspacesQuery,
  ): Promise<Page<WorkspaceDto>> {
    const { archived } = query;
    return pageById(query, (range) => this.workspaces.list(principal, { ...range, archived }));
  }

  @Post()
  @May('workspaces.manage')
  @ApiCreatedResponse({ type: WorkspaceDto })
  createWorkspace(
    @CurrentPrincipal() principal: Principal,
    @Body() body: CreateWorkspaceDto,
    @Claim() claim: IdempotencyClaim | undefined,
  ): Promise<WorkspaceDto> {
    return this.workspaces.create(principal, body, claim);
  }

  @Get(':id')
  @May('workspace.read', 'workspace')
  @ApiOkResponse({ type: WorkspaceDto })
  getWorkspace(@CurrentPrincipal() principal: Principal, @Param('id', IdPipe) id: string): Promise<WorkspaceDto> {
    return this.workspaces.get(principal, id);
  }

  @Patch(':id')
  @May('workspace.change', 'workspace')
  @ApiOkResponse({ type: WorkspaceDto })
  updateWorkspace(
    @CurrentPrincipal() principal: Principal,
    @Param('id', IdPipe) id: string,
    @Body() body: UpdateWorkspaceDto,
  ): Promise<WorkspaceDto> {
    return this.workspaces.update(principal, id, body);
  }

  /** Holds everything that is scheduled in the workspace. What is being published at this moment goes out. */
  @Post(':id/pause')
  @May('workspace.change', 'workspace')
  @HttpCode(200)
  @ApiOkResponse({ type: WorkspaceDto })
  pauseWorkspace(@CurrentPrincipal() principal: Principal, @Param('id', IdPipe) id: string): Promise<WorkspaceDto> {
    return this.workspaces.setPaused(principal, id, true);
  }

  /** Lets a paused workspace publish again. */
  @Post(':id/resume')
  @May('workspace.change', 'workspace')
  @HttpCode(200)
  @ApiOkResponse({ type: WorkspaceDto })
  resumeWorkspace(@CurrentPrincipal() principal: Principal, @Param('id', IdPipe) id: string): Promise<WorkspaceDto> {
    return this.workspaces.setPaused(principal, id, false);
  }

  /**
   * Puts the workspace away: it is paused, left out of lists, and nothing in it is changed until it is restored. What is
   * being published at this moment goes out.
   */
  @Post(':id/archive')
  @May('workspaces.manage', 'workspace')
  @HttpCode(200)
  @ApiOkResponse({ type: WorkspaceDto })
  archiveWorkspace(@CurrentPrincipal() principal: Principal, @Param('id', IdPipe) id: string): Promise<WorkspaceDto> {
    return this.workspaces.setArchived(principal, id, true);
  }

  /** Brings an archived workspace back. It stays paused: what is scheduled waits until you resume it. */
  @Post(':id/restore')
  @May('workspaces.manage', 'workspace')
  @HttpCode(200)
  @ApiOkResponse({ type: WorkspaceDto })
  restoreWorkspace(@CurrentPrincipal() principal: Principal, @Param('id', IdPipe) id: string): Promise<WorkspaceDto> {
    return this.workspaces.setArchived(principal, id, false);
  }

  /** Everybody who works in the workspace, by name and role. */
  @Get(':id/members')
  @May('workspace.read', 'workspace')
  @ApiPage(ColleagueDto)
  listWorkspaceMembers(
    @CurrentPrincipal() principal: Principal,
    @Param('id', IdPipe) id: string,
    @Query() query: PageQuery,
  ): Promise<Page<ColleagueDto>> {
    return pageById(query, (range) => this.members.inWorkspace(principal, id, range));
  }
}
