package io.plumbline.pipeline.control;

import io.plumbline.pipeline.control.access.AccessRole;
import io.plumbline.pipeline.control.access.Caller;
import io.plumbline.pipeline.control.assistants.Assistants;
import io.plumbline.pipeline.control.audit.Audit;
import io.plumbline.pipeline.control.history.SeenSignals;
import io.plumbline.pipeline.control.probes.Definitions;
import io.undertow.server.HttpServerExchange;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Who may read kept signals and in which form; what assistants have read is in the audit. Threads: requests. */
final class ReadSignals implements SeenSignals.Reading {
    private final Definitions definitions;
    private final Assistants assistants;
    private final Audit audit;

    ReadSignals(Definitions definitions, Assistants assistants, Audit audit) {
        this.definitions = definitions;
        this.assistants = assistants;
        this.audit = audit;
    }

    @Override
    public UnaryOperator<Map<String, Object>> of(HttpServerExchange exchange, String probe) {
        assistants.requireOwn(Caller.of(exchange), probe);
        definitions.finder().requireKnown(probe);
        return assistants.view(Caller.of(exchange));
    }

    @Override
    public void read(HttpServerExchange exchange, String probe, int signals) {
        if (Caller.of(exchange).role() == AccessRole.ASSISTANT && signals > 0) {
            audit.changed(exchange, "signals.read", Map.of("probe", probe, "signals", Integer.toString(signals)));
        }
    }
}
