self.addEventListener('install',()=>{});
