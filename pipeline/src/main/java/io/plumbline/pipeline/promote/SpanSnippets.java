package io.plumbline.pipeline.promote;

import io.plumbline.config.probe.Action;
import io.plumbline.config.probe.Probe;
import io.plumbline.config.probe.SpanPair;
import io.plumbline.config.probe.SpanPoint;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The two ends of each span of a span probe, by OpenTelemetry. How the span comes from the one to the other is a person's to say. */
public final class SpanSnippets {
    private SpanSnippets() {}

    /** By what is done and where, in order: the beginning and the end of each pair. */
    public static Map<String, Snippet> of(Probe probe) {
        Action.Span span = probe.span().orElseThrow();
        Map<String, Snippet> snippets = new LinkedHashMap<>();
        for (SpanPair pair : span.pairs()) {
            SpanPoint from = point(span, pair.from());
            SpanPoint to = point(span, pair.to());
            String variable = "span" + pair.from() + pair.to();
            snippets.put(from.location() + ", where " + pair + " begins", begin(probe, pair, from, variable));
            snippets.put(to.location() + ", where " + pair + " ends", end(to, variable));
        }
        return snippets;
    }

    private static SpanPoint point(Action.Span span, String name) {
        return span.points().stream()
                .filter(point -> point.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Snippet begin(Probe probe, SpanPair pair, SpanPoint point, String variable) {
        Snippet.Draft draft = new Snippet.Draft();
        draft.imports.add("io.opentelemetry.api.GlobalOpenTelemetry");
        draft.imports.add("io.opentelemetry.api.trace.Span");
        draft.remarks.add(
                "the probe paired hits by "
                        + probe.span().orElseThrow().by().name().toLowerCase(Locale.ROOT)
                        + "; here the variable has to come to the end by your code, and the span must be ended on every way there");
        draft.lines.add("Span " + variable + " = GlobalOpenTelemetry.getTracer(" + JavaText.quoted(probe.id())
                + ").spanBuilder(" + JavaText.quoted(probe.id() + " " + pair.inWords()) + ").startSpan();");
        attributes(draft, point, variable);
        return draft.done();
    }

    private static Snippet end(SpanPoint point, String variable) {
        Snippet.Draft draft = new Snippet.Draft();
        attributes(draft, point, variable);
        draft.lines.add(variable + ".end();");
        return draft.done();
    }

    private static void attributes(Snippet.Draft draft, SpanPoint point, String variable) {
        JavaText java = new JavaText(Scope.UNKNOWN, draft);
        point.condition()
                .ifPresent(condition -> draft.remarks.add(
                        "the probe took only hits where " + condition.text() + "; write it as an if of your own"));
        point.attributes()
                .forEach((name, code) -> draft.lines.add(variable + ".setAttribute("
                        + JavaText.quoted(point.name() + "." + name) + ", String.valueOf(" + java.of(code) + "));"));
    }
}
