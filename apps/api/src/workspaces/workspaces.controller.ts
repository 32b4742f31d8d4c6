import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { type Principal, WorkspacesService } from '#accounts';
import { type IdempotencyClaim } from '#kernel';
import { May } from '../access/index.js';
import { CurrentPrincipal } from '../auth/current-principal.decorator.js';
import { ApiPage, Claim, IdPipe, type Page, pageById, PageQuery } from '../http/index.js';
import { CreateWorkspaceDto, UpdateWorkspaceDto, WorkspaceDto } from './workspaces.dto.js';

/** The clients or brands of an organization. */
@ApiTags('Workspaces')
@Controller('v1/workspaces')
export class WorkspacesController {
  constructor(private readonly workspaces: WorkspacesService) {}

  @Get()
  @May('workspace.read')
  @ApiPage(WorkspaceDto)
  listWorkspaces(@CurrentPrincipal() principal: Principal, @Query() query: PageQuery): Promise<Page<WorkspaceDto>> {
    return pageById(query, (range) => this.workspaces.list(principal, range));
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
}
