package io.plumbline.pipeline.mcp;

/** What tools that make a probe take, as {@link ProbeForm} reads it. */
final class ProbeArguments {
    static final String EXPRESSIONS =
            " Expressions are Java without side effects over the variables in scope at the line (see list_lines): order.total > 100 &&"
                    + " customer != null; $exception, $return and $duration stand for what Java has no name for.";

    private ProbeArguments() {}

    static Tool place(Tool tool) {
        return common(
                tool.needs("at", "Where: shop.OrderService:42, or shop.OrderService#place:entry (exit, exception).")
                        .takesOneOf(
                                "kind",
                                ProbeForm.KINDS,
                                "snapshot: the variables in scope and the stack. log: a message. count: how often. histogram: how a number"
                                        + " is distributed. exception: the exception at a catch, throw or exception exit.")
                        .takes("condition", "Only hits where this expression is true, such as order.total > 1000.")
                        .takes(
                                "message",
                                "For log: text with {expressions}, such as order {order.id} of {customer.tier}.")
                        .takesTexts(
                                "watch",
                                "For snapshot and exception: further values by name, such as {\"items\": \"order.items.size()\"}.")
                        .takes("value", "For histogram, and count if it does not add one: an expression of a number.")
                        .takesTexts(
                                "labels",
                                "For count and histogram: labels by name, such as {\"tier\": \"customer.tier\"}; few values each."));
    }

    static Tool span(Tool tool) {
        return common(tool.needs("from", "Where the time begins, such as shop.OrderService:42.")
                .needs("to", "Where it ends, such as payments.Ledger:33.")
                .takes(
                        "by",
                        "What tells requests apart: trace (default), thread, or an expression that both lines have.")
                .takes("from_service", "The service of 'from', where the two differ.")
                .takes("to_service", "The service of 'to', where the two differ."));
    }

    private static Tool common(Tool tool) {
        return tool.takes(
                        "service",
                        "Only instances of this service, from list_services. Needed if your token is bounded.")
                .takes("environment", "Only instances of this environment.")
                .takes("instance", "Only this instance.")
                .takesNumber(
                        "hits",
                        1,
                        10_000,
                        "End after so many hits on an instance. Default 10; your rules allow 100 or less.")
                .takesNumber("minutes", 1, 60, "End after so many minutes. Default 15.");
    }
}
