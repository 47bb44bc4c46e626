package io.plumbline.pipeline.cli;

import io.plumbline.pipeline.control.ControlFile;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of every command that speaks to a control plane. Mostly none are needed. */
final class Connection {
    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Address of the control plane. By default that of this user's 'plumb up' or 'plumb demo'.")
    private String url;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description =
                    "What opens it, by default that of control.json, or of 'plumb login'. Also from the variable PLUMBLINE_TOKEN, which keeps it out of"
                            + " the list of processes.")
    private String token;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Data folder of the 'plumb up' meant, by default PLUMBLINE_DATA or ~/.plumbline.")
    private Path data;

    ApiClient client() {
        String secret = token != null ? token : System.getenv("PLUMBLINE_TOKEN");
        if (url != null) {
            if (secret == null) {
                throw Failure.badInput(
                        "--url needs a token: set PLUMBLINE_TOKEN to one that 'plumb token create' made, or to that of"
                                + " the control plane's control.json");
            }
            return new ApiClient(url, secret);
        }
        Path folder = Folders.data(data);
        Optional<LoginFile> login = LoginFile.read(folder);
        if (Folders.control(folder).isEmpty() && login.isPresent()) {
            LoginFile known = secret == null ? login.get().fresh(folder) : login.get();
            return new ApiClient(known.url(), secret != null ? secret : known.token());
        }
        ControlFile file = file();
        return new ApiClient(file.url(), secret != null ? secret : file.token());
    }

    /** Where this user's control plane is. */
    ControlFile file() {
        Path folder = Folders.data(data);
        return Folders.control(folder)
                .orElseThrow(() -> Failure.unreachable(
                        "no control plane runs on " + folder + "; start it with: " + Folders.launcher() + " up"));
    }
}
