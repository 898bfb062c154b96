package io.velostream.engine.admin;

import io.velostream.engine.admin.access.AdminOnly;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;

/** Refuses new work, or takes it again. */
@Path("/admin/maintenance")
@AdminOnly
@SecurityRequirement(name = ApiDocument.TOKEN)
@Produces(MediaType.APPLICATION_JSON)
public class MaintenanceResource {

    private final Maintenance maintenance;

    MaintenanceResource(Maintenance maintenance) {
        this.maintenance = maintenance;
    }

    /** Whether maintenance is on. */
    public record State(boolean maintenance) {}

    /** From now on new work is refused. */
    @POST
    @Path("enable")
    @Operation(summary = "Refuse new jobs, SQL and configuration; what runs goes on")
    public State enable() {
        maintenance.set(true);
        return new State(true);
    }

    /** From now on new work is taken. */
    @POST
    @Path("disable")
    @Operation(summary = "Take new work again")
    public State disable() {
        maintenance.set(false);
        return new State(false);
    }
}
