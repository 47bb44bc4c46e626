package io.plumbline.pipeline.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "apply",
        description = {
            "Set the probes that stand in YAML or JSON files.",
            "",
            "All of them or, if anything is wrong in any file, none. A probe that is set already gets a new version if"
                    + " it has changed, and is left alone if not.",
        },
        footer = {
            "",
            "  plumb apply -f probes.yaml",
            "  plumb apply -f shop.yaml -f payments.yaml --dry-run",
            "  plumb apply -f probes.yaml --set shop --prune",
            "  plumb apply -f shop.yaml --expect order-log:3",
            "  generate-probes | plumb apply -f -",
            "",
            "A file:",
            "  id: dear-orders",
            "  at: shop.OrderService:42",
            "  if: total > 1000",
            "  log: \"order {order.id}: {total}\"",
            "  histogram: {name: order.total, value: total, unit: EUR, labels: {tier: customer.tier}}",
            "  on: {service: shop}",
            "  limits: {per-second: 100}",
            "  for: 2h",
        })
final class ApplyCommand implements Callable<Integer> {
    @Mixin
    private Connection connection;

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            required = true,
            description = "A file of one or more probes; - for standard input. May be given several times.")
    private List<String> files;

    @Option(
            names = "--expect",
            paramLabel = "ID:VERSION",
            description = {
                "Change nothing unless this version of the probe is set; 0 for none. 'plumb diff' and 'plumb probe show' say which is."
                        + " May be given several times."
            })
    private List<String> expected = List.of();

    @Mixin
    private SetOptions set;

    @Mixin
    private SubmitOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        var out = spec.commandLine().getOut();
        JoinedFiles joined = JoinedFiles.read(files, System.in);
        Submission submission = new Submission(connection.client(), out);
        submission.expect(expected);
        String answer = joined.send(submission, options.query() + set.query());
        return options.answer(submission, out, answer);
    }
}
