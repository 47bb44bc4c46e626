package io.plumbline.pipeline.cli;

/** Where traces are shown, for commands that print signals. */
final class TraceLink {
    private TraceLink() {}

    /** Where an exporter says that traces are shown, their id put behind; empty where none does. */
    static String of(ApiClient client) {
        return JsonObject.parse(client.get("/exporters")).objects("exporters").stream()
                .map(exporter -> exporter.object("links").text("trace"))
                .filter(link -> !link.isEmpty())
                .findFirst()
                .orElse("");
    }
}
