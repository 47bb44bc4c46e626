import io.plumbline.client.ApiClient;
import io.plumbline.client.ApiException;
import io.plumbline.client.ApiResponse;
import io.plumbline.client.api.AccessApi;
import io.plumbline.client.api.FleetApi;
import io.plumbline.client.api.ProbesApi;
import io.plumbline.client.model.Probe;
import io.plumbline.client.model.ProbeLog;
import io.plumbline.client.model.ProbeView;
import io.plumbline.client.model.Submission;
import io.plumbline.client.model.WrittenLog;
import io.plumbline.client.model.WrittenLogAnyOf;
import io.plumbline.client.model.WrittenText;
import java.util.List;

/** Sets a probe with a client that was generated from the served description, lists it, reads it, changes it, removes it. Run by {@code run}. */
public final class GeneratedClient {
    public static void main(String[] args) throws ApiException {
        ApiClient client = new ApiClient();
        client.setBasePath(args[0]);
        client.addDefaultHeader("Authorization", "Bearer " + args[1]);
        ProbesApi probes = new ProbesApi(client);
        System.out.println("asks as " + new AccessApi(client).whoami().getName() + ", instances: "
                + new FleetApi(client).listInstances().getInstances().size());

        String change = probes.setProbes(
                        submission("order {order.id}"),
                        false, null, null, null, null, null, null, null, List.of("generated:0"), null, null)
                .getProbes()
                .get(0)
                .getChange()
                .getValue();
        require(change.equals("created"), "created: " + change);
        require(probes.listProbes(null, null).getProbes().stream().anyMatch(each -> each.getId().equals("generated")), "listed");

        ApiResponse<ProbeView> read = probes.getProbeWithHttpInfo("generated");
        String tag = read.getHeaders().get("ETag").get(0);
        WrittenLogAnyOf log = (WrittenLogAnyOf) read.getData().getDefinition().getLog().get(0).getActualInstance();
        require(log.getTemplate().getActualInstance().equals("order {order.id}"), "read: " + log);

        probes.setProbes(
                submission("ORDER {order.id}"), false, null, null, null, null, null, null, null, null, tag, null);
        try {
            probes.removeProbe("generated", tag);
            throw new AssertionError("removed although it had changed");
        } catch (ApiException e) {
            require(e.getCode() == 412, "refused: " + e.getResponseBody());
            System.out.println("refused as it should be: " + e.getResponseBody().strip());
        }
        require(probes.removeProbe("generated", null).getRemoved(), "removed");
        System.out.println("set, listed, read, changed and removed");
    }

    private static Submission submission(String template) {
        WrittenText text = new WrittenText();
        text.setActualInstance(template);
        WrittenLog one = new WrittenLog();
        one.setActualInstance(text);
        ProbeLog log = new ProbeLog();
        log.setActualInstance(one);
        Submission submission = new Submission();
        submission.setActualInstance(new Probe().id("generated").at("shop.OrderService:42").log(log));
        return submission;
    }

    private static void require(boolean isSo, String what) {
        if (!isSo) {
            throw new AssertionError("not " + what);
        }
    }
}
