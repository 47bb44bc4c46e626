package io.plumbline.pipeline.cli;

import static io.plumbline.pipeline.cli.Given.put;

import io.plumbline.config.probe.Location;
import io.plumbline.config.probe.TargetsForm;
import io.plumbline.config.text.Json;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * What every command that sets a probe at one place has in common: when, for whom, how much and until when; and the setting
 * itself, with what is checked before and answered after.
 */
final class ProbeOptions {
    @Mixin
    private Connection connection;

    @Option(names = "--if", paramLabel = "EXPR", description = "Only where this holds.")
    private String condition;

    @Option(
            names = "--on",
            paramLabel = "KEY=VALUE",
            description =
                    "Only on instances with this label: service, environment, version, host, instance, or one of your own;"
                            + " A,B means either. percent=10%% means a share of them, one-per=service one of each service.")
    private Map<String, String> targets = Map.of();

    @Option(names = "--tag", paramLabel = "WORD", description = "A word to find, switch or remove it by, with others.")
    private List<String> tags = List.of();

    @Mixin
    private DeliveryOptions delivery;

    @Option(names = "--per-second", paramLabel = "N", description = "At most so many hits a second and instance.")
    private Integer perSecond;

    @Option(
            names = "--cpu",
            paramLabel = "PERCENT",
            description = "At most so much of one core on an instance, as in 0.5%%. Default 1%%.")
    private String cpu;

    @Option(
            names = "--over-budget",
            paramLabel = "WHAT",
            description = "When it would cost more: 'sample' one hit in n, with weights (default), or 'disable' it.")
    private String overBudget;

    @Option(names = "--hits", paramLabel = "N", description = "End after so many hits on an instance.")
    private Long hits;

    @Option(
            names = "--fleet-hits",
            paramLabel = "N",
            description = "End after so many hits on all instances together. For one log, snapshot or exception.")
    private Long fleetHits;

    @Option(
            names = "--guarded",
            description = "One instance first, then a quarter, then all; taken back by itself when it does harm there.")
    private boolean guarded;

    @Option(names = "--id", paramLabel = "ID", description = "Its name; by default made from place and kind.")
    private String id;

    @Option(
            names = "--source",
            paramLabel = "FILE",
            description = "The source file you look at; says so before setting the probe if another one runs.")
    private Path source;

    @Option(names = "--force", description = "Set the probe though its line has no code now, or its source differs.")
    private boolean force;

    @Mixin
    private SubmitOptions options;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /**
     * Sets a probe and prints what came of it.
     *
     * @param actions by kind, as a definition has them
     * @return the exit code
     * @throws Failure when the probe can't be set, with what to do about it
     */
    int set(String location, Map<String, Object> actions) throws InterruptedException {
        Location.parse(location); // says so before what is asked there is looked at
        var out = spec.commandLine().getOut();
        Submission submission = new Submission(connection.client(), out);
        Map<String, Object> definition = definition(location, actions);
        if (id == null) {
            submission.chooseId(definition);
        }
        foresee(location);
        String answer = submission.send(Json.write(definition), "the command line", options.query());
        return options.answer(submission, out, answer);
    }

    private void foresee(String location) {
        Foresight foresight = new Foresight(connection.client());
        if (force) {
            return;
        }
        if (source != null) {
            String remark = foresight.checkSource(location, source, targets.get("service"));
            if (!remark.isEmpty()) {
                spec.commandLine().getErr().println(Text.safe(remark));
            }
        }
        if (options.waits() && !options.isDryRun()) {
            foresight.checkLine(location, targets);
        }
    }

    private Map<String, Object> definition(String location, Map<String, Object> actions) {
        Map<String, Object> probe = new LinkedHashMap<>();
        put(probe, "id", id);
        probe.put("at", location);
        put(probe, "if", condition);
        probe.putAll(actions);
        put(probe, "on", targets.isEmpty() ? null : TargetsForm.map(TargetsForm.parse(targets)));
        put(probe, "tags", tags.isEmpty() ? null : tags);
        put(probe, "limits", limits());
        put(probe, "rollout", guarded ? "guarded" : null);
        delivery.putInto(probe);
        return probe;
    }

    private Map<String, Object> limits() {
        Map<String, Object> limits = new LinkedHashMap<>();
        put(limits, "per-second", perSecond);
        put(limits, "hits", hits);
        put(limits, "cpu", cpu);
        put(limits, "over-budget", overBudget);
        put(limits, "fleet-hits", fleetHits);
        return limits;
    }
}
