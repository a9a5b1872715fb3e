package io.github.camelgemini.endpoints;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.ftpserver.FtpServer;
import org.apache.ftpserver.FtpServerFactory;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.listener.ListenerFactory;
import org.apache.ftpserver.usermanager.impl.BaseUser;
import org.apache.ftpserver.usermanager.impl.WritePermission;

/** Apache FtpServer. */
final class FtpReceiver implements Receiver {

    private static final String PASSWORD = "secret";

    private final Path home = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "ftp");
    private final Folder folder = new Folder(home);
    private final FtpServer server;
    private final int port;

    FtpReceiver() throws IOException, FtpException {
        BaseUser user = new BaseUser();
        user.setName("camel");
        user.setPassword(PASSWORD);
        user.setHomeDirectory(home.toString());
        user.setAuthorities(List.of(new WritePermission()));
        ListenerFactory listener = new ListenerFactory();
        listener.setPort(0);
        FtpServerFactory factory = new FtpServerFactory();
        factory.getUserManager().save(user);
        factory.addListener("default", listener.createListener());
        server = factory.createServer();
        server.start();
        port = factory.getListener("default").getPort();
    }

    @Override
    public Map<String, String> properties() {
        return Map.of("ftp.server", "camel@localhost:" + port, "ftp.password", PASSWORD);
    }

    @Override
    public Optional<Received> take() throws IOException {
        return folder.take();
    }

    @Override
    public void close() throws IOException {
        server.stop();
        folder.close();
    }
}
